import HTTP
import Web

extension Pages {
    /// What the pages load: the style sheet, the script and the logo.
    static func assets(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, "\(Asset.prefix){rest}", RouteRules(on: .loop, [.anyAccept])
            ) { context throws(RequestError) in
                let accent = PageContext(context, configuration).accent
                guard
                    let asset = configuration.assets.asset(at: context.request.path, accent: accent)
                else { throw .notFound }
                return EndpointResult(asset.response(to: context.request, id: context.id))
            }
        ]
    }
}
