import HTTP
import JSON
import Web

/// The errors that one status may mean for an operation.
struct DocumentedError: Hashable {
    let status: Status
    let codes: [ErrorCode]
    /// Whether a proxy receives the login page.
    let namesLogin: Bool

    /// Its name in the document: operations with the same errors share it.
    var name: String {
        (codes.map(\.rawValue) + (namesLogin ? ["login"] : [])).joined(separator: ".")
    }

    /// The response object.
    var encoded: JSONObject {
        var fields: [ResponseField] = []
        if status == .unauthorized { fields.append(.challenge) }
        if status == .tooManyRequests || status == .serviceUnavailable {
            let isAlways = !codes.contains(.mailNotConfigured)
            fields.append(isAlways ? .retryAfter : .retryAfterSometimes)
        }
        if status == .tooManyRequests { fields += ResponseField.rateLimits }
        if status == .unsupportedMediaType { fields.append(.acceptEncoding) }
        if namesLogin { fields.append(.loginLocation) }
        let meanings = codes.map { "`\($0.rawValue)`: \($0.meaning)" }
        let schema = Schema.all(of: [
            .named(.error), .object(["code": .oneOf(codes.map(\.rawValue))]),
        ])
        return Operation.Success.json(
            status, "\(status.reasonPhrase). \(meanings.joined(separator: "; "))", schema,
            fields: fields
        ).encoded()
    }
}
