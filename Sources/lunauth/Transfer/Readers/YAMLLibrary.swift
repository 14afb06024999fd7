import CYAML
import Glibc

/// The functions of libyaml, which is loaded when a file is read: no other command needs it.
@safe
struct YAMLLibrary {
    typealias Parser = UnsafeMutablePointer<yaml_parser_t>
    typealias Event = UnsafeMutablePointer<yaml_event_t>

    let initialize: @convention(c) (Parser) -> Int32
    let setInput: @convention(c) (Parser, UnsafePointer<UInt8>?, Int) -> Void
    let parse: @convention(c) (Parser, Event) -> Int32
    let deleteEvent: @convention(c) (Event) -> Void
    let deleteParser: @convention(c) (Parser) -> Void

    /// Loads the library.
    ///
    /// - Throws: When it is not installed.
    init() throws(TransferProblem) {
        guard let library = unsafe dlopen("libyaml-0.so.2", RTLD_NOW | RTLD_LOCAL) else {
            throw TransferProblem("libyaml is not installed: apt install libyaml-0-2")
        }
        unsafe initialize = try Self.symbol("yaml_parser_initialize", in: library)
        unsafe setInput = try Self.symbol("yaml_parser_set_input_string", in: library)
        unsafe parse = try Self.symbol("yaml_parser_parse", in: library)
        unsafe deleteEvent = try Self.symbol("yaml_event_delete", in: library)
        unsafe deleteParser = try Self.symbol("yaml_parser_delete", in: library)
    }

    private static func symbol<Function>(
        _ name: String, in library: UnsafeMutableRawPointer
    ) throws(TransferProblem) -> Function {
        guard let found = unsafe dlsym(library, name) else {
            throw TransferProblem("libyaml has no \(name)")
        }
        return unsafe unsafeBitCast(found, to: Function.self)
    }
}
