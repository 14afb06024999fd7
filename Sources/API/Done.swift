import HTTP
import JSON

extension RequestContext {
    /// The answer to a request that was carried out: `{"success":true}`.
    ///
    /// - Parameters:
    ///   - status: 202 where a mail has still to be read.
    ///   - page: What a browser is shown instead, where a page of ours was posted.
    /// - Returns: The answer.
    func done(_ status: Status = .ok, page: HTMLPage? = nil) -> Response {
        if let page, request.isPostedByPage { return html(status, page) }
        var object = JSONObject()
        object.add("success", .bool(true))
        return json(status, object)
    }

    /// The token in the query of a link; empty without one: whoever posts it will be told.
    var linkToken: String {
        (try? Query.values(of: "token", in: request.query))?.last ?? ""
    }
}

extension Request {
    /// Whether a page of ours sent this, so that a page is the answer, whether it went well or not.
    ///
    /// A program that posts JSON is answered in JSON, whatever else it would accept.
    var isPostedByPage: Bool {
        MediaType(single(.contentType)) == .form && Accept.prefersHTML(self)
    }
}
