import SuimaModels
import SwiftUI

/// A QR code, drawn module by module from what the core drew: sharp at any size, black on white in the dark too.
struct CodeImage: View {
    let svg: String

    var body: some View {
        if let drawing = CodeDrawing(svg: svg) {
            Canvas(opaque: true, rendersAsynchronously: false) { context, size in
                context.fill(Path(CGRect(origin: .zero, size: size)), with: .color(.white))
                let module = min(size.width, size.height) / CGFloat(drawing.side)
                var path = Path()
                for run in drawing.runs {
                    path.addRect(
                        CGRect(
                            x: CGFloat(run.x) * module, y: CGFloat(run.y) * module,
                            width: CGFloat(run.length) * module, height: module))
                }
                // Without smoothing, neighbours leave no grey seam between them.
                context.fill(path, with: .color(.black), style: FillStyle(antialiased: false))
            }
            .aspectRatio(1, contentMode: .fit)
        }
    }
}
