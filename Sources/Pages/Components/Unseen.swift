/// Text for screen readers alone.
func unseen(_ text: String) -> HTML { span("unseen") { text } }
