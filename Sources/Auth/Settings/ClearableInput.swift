/// An optional text input that a request may also remove.
public enum ClearableInput: Sendable, Equatable {
    /// Absent: the present value is kept.
    case absent
    /// Null, or empty: the value is removed.
    case cleared
    /// Another value.
    case given(TextInput)

    /// The input of a text; an empty one removes the value.
    public static func text(_ text: String) -> ClearableInput {
        text.isEmpty ? .cleared : .given(.text(text))
    }
}
