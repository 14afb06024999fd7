/// What happened, newest first.
func log(@HTMLBuilder _ content: () -> HTML) -> HTML {
    element("ol", .class("log"), content: content)
}

/// One thing that happened.
func logEntry(_ time: HTML, _ text: any HTMLContent) -> HTML {
    li {
        time
        p { text.html }
    }
}
