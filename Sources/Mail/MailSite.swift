import Bytes
public import JSON
import Glibc

/// What the mails of the site look like: a part of an order, since the owner may change it.
public struct MailSite: Sendable, Equatable {
    /// The name of the site.
    public var name: String
    /// The colour of buttons: `#rrggbb`.
    public var accent: String
    /// Where people get help: an address or a URL; nil without a contact.
    public var support: String?
    /// The target of a link there; nil without a contact.
    public var supportLink: String?

    /// A site.
    ///
    /// - Parameters:
    ///   - name: The name of the site.
    ///   - accent: The colour of buttons: `#rrggbb`.
    ///   - support: Where people get help: an address or a URL.
    ///   - supportLink: The target of a link there.
    public init(
        name: String, accent: String, support: String? = nil, supportLink: String? = nil
    ) {
        self.name = name
        self.accent = accent
        self.support = support
        self.supportLink = supportLink
    }

    /// The values of templates; nil when the colour is none.
    var values: [String: String]? {
        guard let onAccent else { return nil }
        var values = ["siteName": name, "accent": accent, "onAccent": onAccent]
        values["support"] = support
        values["supportLink"] = support.flatMap { _ in supportLink }
        return values
    }

    /// Black or white, whichever has more contrast with the colour; nil when that is none.
    ///
    /// The threshold is the relative luminance (WCAG 2.2) at which both have the same.
    private var onAccent: String? {
        let digits = accent.utf8.dropFirst().map(\.hexadecimalDigit)
        let known = digits.compactMap(\.self)
        guard accent.hasPrefix("#"), digits.count == 6, known.count == 6 else { return nil }
        let channels = stride(from: 0, to: 6, by: 2).map { index -> Double in
            let value = Double(known[index] * 16 + known[index + 1]) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let weights = [0.2126, 0.7152, 0.0722]
        let luminance = zip(weights, channels).reduce(0) { $0 + $1.0 * $1.1 }
        return luminance > 0.179 ? "#000000" : "#ffffff"
    }
}

extension MailSite: FrameContent {
    /// Reads a site.
    public init(_ members: FrameMembers) throws(FrameError) {
        self.init(
            name: try members.text("name"), accent: try members.text("accent"),
            support: try members.optionalText("support"),
            supportLink: try members.optionalText("supportLink"))
    }

    /// The site as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("name", .string(name))
        object.add("accent", .string(accent))
        object.add("support", text: support)
        object.add("supportLink", text: supportLink)
        return object
    }
}
