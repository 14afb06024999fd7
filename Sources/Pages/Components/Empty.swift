/// What is shown where a list has nothing in it: says what will appear.
func empty(_ text: any HTMLContent) -> HTML {
    div("empty") {
        mark()
        p { text.html }
    }
}
