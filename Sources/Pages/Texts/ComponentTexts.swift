/// Words of the components that are the same on every page.
protocol ComponentTexts {
    /// The button that shows a password; the name of the field follows, unseen.
    var show: String { get }
    /// The same while the password is shown.
    var hide: String { get }
    /// What a button that copies says afterwards.
    var copied: String { get }
    /// Marks a field that may be left empty.
    var optional: String { get }
}
