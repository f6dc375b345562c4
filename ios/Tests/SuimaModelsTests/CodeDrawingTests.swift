import Foundation
import Testing

@testable import SuimaModels

@Suite struct CodeDrawingTests {
    private let svg = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#fff" d="M0 0h9v9H0z"/>\
        <path d="M4 4h1v1h-1zM2 5h3v1h-3z"/></svg>
        """

    @Test("reads the runs of a picture of the core")
    func runs() throws {
        let drawing = try #require(CodeDrawing(svg: svg))
        #expect(drawing.side == 9)
        #expect(drawing.runs == [.init(x: 4, y: 4, length: 1), .init(x: 2, y: 5, length: 3)])
    }

    @Test(
        "takes no other picture, rather than draw a wrong code",
        arguments: [
            ("h1v1", "h1v2"), ("h-1z", "h-2z"), ("M4 4", "M4 -4 "), ("h3v1h-3z", "l3 1z"), ("9 9\"", "9 8\""),
            ("<path d", "<path e"), ("M4 4h1v1h-1zM2 5h3v1h-3z", ""),
        ])
    func others(part: String, other: String) {
        #expect(CodeDrawing(svg: svg.replacingOccurrences(of: part, with: other)) == nil)
    }
}
