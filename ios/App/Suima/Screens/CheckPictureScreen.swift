import PhotosUI
import SuimaModels
import SwiftUI

/// Says whether a picture from the album is the code that counts (R9). The app sees only the picture that is chosen.
struct CheckPictureScreen: View {
    @ObservedObject var codes: Watched<CodesModel>
    @Environment(\.language) private var language
    @Environment(\.dismiss) private var dismiss
    @State private var chosen: PhotosPickerItem?

    var body: some View {
        VStack(spacing: 24) {
            PhotosPicker(selection: $chosen, matching: .images) {
                Say(.checkPicture).frame(maxWidth: .infinity, minHeight: 44)
            }
            .buttonStyle(.borderedProminent)
            if let checked = codes.state.checked {
                Say(checked.said).font(.title2)
            }
            BannerBar(codes.state.banner)
            WordButton(.close) {
                codes.model.dismissChecked()
                dismiss()
            }
        }
        .padding(24)
        .presentationDetents([.medium, .large])
        .onChange(of: chosen) { chosen in
            guard let chosen else { return }
            Task { await check(chosen) }
        }
        .onChange(of: codes.state.checked) { checked in
            if let checked {
                UIAccessibility.post(notification: .announcement, argument: language.text(checked.said))
            }
        }
    }

    private func check(_ item: PhotosPickerItem) async {
        let picture = try? await item.loadTransferable(type: Data.self)
        var text: String?
        if let picture {
            text = await PictureReader.read(picture)
        }
        await codes.model.check(text)
        chosen = nil
    }
}
