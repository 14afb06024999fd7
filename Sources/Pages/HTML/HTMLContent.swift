/// What a component takes as content: text, or a fragment where a sentence contains elements.
protocol HTMLContent: Sendable {
    /// The content as a fragment, escaped where it is text.
    var html: HTML { get }
}

extension String: HTMLContent {
    var html: HTML { HTML(self) }
}

extension HTML: HTMLContent {
    var html: HTML { self }
}
