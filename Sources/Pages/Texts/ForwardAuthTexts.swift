/// What the page says to a person who may not use an application.
protocol ForwardAuthTexts {
    /// The host of the application; nil where it is not known.
    func deniedTitle(_ host: String?) -> String
    func deniedLead(_ cause: DenialCause) -> String
    var requiredRole: String { get }
    var requiredPlan: String { get }
    func backTo(_ host: String) -> String
    /// What a person does who should have access; with a link to where one gets help.
    func shouldHaveAccess(support: String?) -> HTML
}
