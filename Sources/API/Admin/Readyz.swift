import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// How long the database may take to write, in seconds: whoever asks for readiness does not wait
    /// for long.
    private static let probeSeconds = 1

    /// `GET /readyz`: whether requests would be answered as they should, and what keeps them from it.
    static func readyz(
        _ context: RequestContext, _ monitoring: Monitoring
    ) throws(RequestError) -> EndpointResult {
        var checks = JSONObject()
        var isReady = true
        func add(_ name: String, _ readiness: Readiness) {
            checks.add(name, .string(readiness.text))
            if readiness.isFailing { isReady = false }
        }
        add("database", database(context.service))
        for check in monitoring.checks { add(check.name, check.readiness()) }

        let details = JSONValue.array(concerns(context.service).map(JSONValue.string))
        var object = JSONObject()
        guard isReady else {
            // It is an error answer as well.
            object.add("status", .string("unavailable"))
            object.add("error", .string("The server is not ready"))
            object.add("code", .string(ErrorCode.unavailable.rawValue))
            object.add("checks", checks)
            object.add("details", details)
            var response = context.json(.serviceUnavailable, object)
            response.fields.add("Retry-After", "1")
            return EndpointResult(response, reason: .notReady)
        }
        object.add("status", .string("ok"))
        object.add("checks", checks)
        object.add("details", details)
        return EndpointResult(context.json(.ok, object))
    }

    /// What the operator should look into; what cannot be asked for is no reason to be called unready.
    private static func concerns(_ service: AuthService) -> [String] {
        ((try? service.administration.operatorConcerns()) ?? []).map { concern in
            switch concern {
            case .rejectedAddress(let id):
                "who reads the unconfirmed address of the owner or administrator \(id) says that the "
                    + "account is not theirs"
            case .heldBackNotices(let id):
                "notices to the owner \(id) are held back: the owner's address is not confirmed"
            }
        }
    }

    private static func database(_ service: AuthService) -> Readiness {
        do throws(AuthError) {
            try service.probeStore(within: probeSeconds)
            return .ok
        } catch {
            return .failing("not_writable")
        }
    }
}
