import Suima
import SuimaModels
import SwiftUI

/// The code, first and large; whose it is, until when, and what must be said beside it. Swipe for somebody else.
struct CodesScreen: View {
    @ObservedObject var codes: Watched<CodesModel>
    let enrol: Watched<EnrolModel>
    @StateObject private var screen = ScreenWatch()
    @State private var checking = false

    private var state: CodesState { codes.state }

    var body: some View {
        VStack(spacing: 8) {
            BannerBar(state.banner) { Task { await codes.model.refresh() } }
                .padding(.horizontal)
            Picker(selection: kind) {
                Say(.liveCode).tag(CodeKind.live)
                Say(.nucleicAcidCode).tag(CodeKind.nucleicAcid)
            } label: {
                Say(.codes)
            }
            .pickerStyle(.segmented)
            .padding(.horizontal)
            TabView(selection: slot) {
                ForEach(state.people, id: \.slot) { person in
                    ScrollView {
                        CodeCard(
                            person: person, state: state, isCaptured: screen.isCaptured,
                            retry: { Task { await codes.model.refresh() } })
                        if person.slot == state.slot {
                            CodeActions(codes: codes, checking: $checking)
                        }
                    }
                    .refreshable { await codes.model.refresh() }
                    .tag(Optional(person.slot))
                }
            }
            .tabViewStyle(.page(indexDisplayMode: state.people.count > 1 ? .always : .never))
            .indexViewStyle(.page(backgroundDisplayMode: .always))
        }
        .brightWhileShown()
        .task { await screen.follow() }
        .task { await codes.model.start() }
        .onChange(of: state.banner?.step) { step in
            if step == .enrol {
                Task { await enrol.model.load() }
            }
        }
        .sheet(isPresented: asks) { RegenerateQuestion(codes: codes) }
        .sheet(isPresented: $checking) { CheckPictureScreen(codes: codes) }
    }

    private var kind: Binding<CodeKind> {
        codes.binding {
            $0.kind
        } set: { model, kind in
            model.show(kind)
        }
    }

    private var slot: Binding<UInt32?> {
        codes.binding {
            $0.slot
        } set: { model, slot in
            if let slot { model.select(slot) }
        }
    }

    private var asks: Binding<Bool> {
        codes.binding {
            $0.question != nil
        } set: { model, shown in
            if !shown { model.decline() }
        }
    }
}

/// One person's code. Name and relation stand above it in the largest type, so that nobody shows somebody else's.
private struct CodeCard: View {
    let person: PersonView
    let state: CodesState
    let isCaptured: Bool
    let retry: @MainActor () -> Void
    @Environment(\.language) private var language

    private var isShown: Bool { person.slot == state.slot }

    var body: some View {
        VStack(spacing: 12) {
            VStack(spacing: 2) {
                Text(person.name).font(.largeTitle.bold())
                Say(Word(person.relation)).font(.title2)
                    .padding(.horizontal, 12)
                    .background(
                        person.relation == .oneself ? Color.clear : Color.blue.opacity(0.2), in: Capsule())
            }
            .accessibilityElement(children: .combine)
            .accessibilityAddTraits(.isHeader)
            if isShown {
                code
            }
        }
        .padding()
    }

    @ViewBuilder private var code: some View {
        if isCaptured && state.kind == .live {
            Say(.captured).font(.title3).frame(minHeight: 240)
        } else if let svg = state.svg {
            CodeImage(svg: svg)
                .containerWidth(atLeast: 0.7)
                .accessibilityElement()
                .accessibilityLabel(Text(label))
                .accessibilityAddTraits(.isImage)
        } else if let missing = state.missing {
            BannerBar(missing, retry: retry)
        } else {
            ProgressView().frame(minHeight: 240)
        }
        if let live = state.live {
            ColourBand(colour: live.colour, isOld: live.colourIsOld)
            Text(Moments.second(live.drawnAt)).font(.title.monospacedDigit())
                .accessibilityHidden(true)
            Line(.until, Moments.minute(live.countsUntil))
        }
        if let code = state.nucleicAcid {
            Line(.until, code.lastDay)
        }
        if let asOf = state.asOf {
            Line(.asOf, Moments.minute(asOf))
        }
        ForEach(state.notices, id: \.self) { notice in
            Label {
                Say(notice)
            } icon: {
                Image(systemName: "exclamationmark.triangle")
            }
            .frame(maxWidth: .infinity, alignment: .leading)
        }
    }

    private var label: String {
        var parts = [person.name, Word(person.relation).text(in: language)]
        parts.append((state.kind == .live ? Word.liveCode : .nucleicAcidCode).text(in: language))
        if let live = state.live {
            parts.append((live.colourIsOld ? Word.statusOld : Word(live.colour)).text(in: language))
        }
        return parts.joined(separator: ", ")
    }
}

/// A health colour with its word; without its colour where gates take it no more.
struct ColourBand: View {
    let colour: Colour
    var isOld = false

    var body: some View {
        Say(isOld ? Word.statusOld : Word(colour))
            .font(.title2.bold())
            .foregroundStyle(colour == .yellow && !isOld ? .black : .white)
            .frame(maxWidth: .infinity, minHeight: 44)
            .background(fill, in: RoundedRectangle(cornerRadius: 12))
    }

    private var fill: Color {
        if isOld { return Color(red: 0.20, green: 0.29, blue: 0.36) }
        return switch colour {
        case .green: Color(red: 0.05, green: 0.50, blue: 0.20)
        case .yellow: Color(red: 1.0, green: 0.80, blue: 0.0)
        case .red: Color(red: 0.75, green: 0.05, blue: 0.05)
        }
    }
}

extension View {
    /// As wide as this share of the screen, or wider where there is room.
    func containerWidth(atLeast share: CGFloat) -> some View {
        frame(minWidth: UIScreen.main.bounds.width * share, maxWidth: 520)
    }
}

/// What can be done with the code, and what was said last.
private struct CodeActions: View {
    @ObservedObject var codes: Watched<CodesModel>
    @Binding var checking: Bool
    @Environment(\.elder) private var elder

    private var state: CodesState { codes.state }

    var body: some View {
        VStack(spacing: 12) {
            if let outcome = state.outcome {
                Told(outcome.said) { codes.model.dismissOutcome() }
            }
            ForEach(state.brought, id: \.self) { Say($0) }
            if !state.brought.isEmpty {
                WordButton(.close) { codes.model.dismissNews() }.buttonStyle(.bordered)
            }
            if state.kind == .nucleicAcid {
                WordButton(state.saved ? .savedPicture : .savePicture) {
                    Task { await codes.model.savePicture() }
                }
                .buttonStyle(.borderedProminent)
                .disabled(state.saved || state.working || state.nucleicAcid == nil)
                if !elder {
                    WordButton(.checkPicture) { checking = true }.buttonStyle(.bordered)
                }
                WordButton(.regenerate) { Task { await codes.model.askToRegenerate() } }
                    .buttonStyle(.bordered)
                    .disabled(state.working)
            }
            if state.working {
                HStack {
                    ProgressView()
                    Button {
                        codes.model.cancel()
                    } label: {
                        Say(.cancel)
                    }
                }
            }
        }
        .padding(.horizontal)
        .padding(.bottom, 48)
    }
}

/// A sentence that can be taken away.
private struct Told: View {
    let said: Said
    let close: @MainActor () -> Void
    @Environment(\.language) private var language

    init(_ said: Said, close: @escaping @MainActor () -> Void) {
        self.said = said
        self.close = close
    }

    var body: some View {
        HStack(alignment: .top) {
            Say(said)
            Spacer()
            Button(action: close) {
                Image(systemName: "xmark.circle")
            }
            .accessibilityLabel(Text(verbatim: Word.close.text(in: language)))
        }
        .padding(12)
        .background(Color.blue.opacity(0.12), in: RoundedRectangle(cornerRadius: 12))
    }
}

/// Asks before a code is made anew: what it voids stands in the core's sentence (R9).
private struct RegenerateQuestion: View {
    @ObservedObject var codes: Watched<CodesModel>

    var body: some View {
        if let question = codes.state.question {
            VStack(spacing: 16) {
                if let outcome = codes.state.outcome {
                    Say(outcome.said).padding()
                }
                Question(
                    said: question.said, agree: .regenerateAgree, decline: .keepOld,
                    onAgree: { Task { await codes.model.agree() } }, onDecline: { codes.model.decline() })
            }
        }
    }
}
