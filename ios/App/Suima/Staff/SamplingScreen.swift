import Suima
import SuimaModels
import SwiftUI

/// Session, tube, people: whatever comes next stands first.
struct SamplingScreen: View {
    @ObservedObject var sampling: Watched<SamplingModel>

    private var state: SamplingState { sampling.state }

    var body: some View {
        ScrollView {
            VStack(spacing: 16) {
                BannerBar(state.banner) { Task { await sampling.model.sync() } }
                if state.session == nil {
                    SessionForm(sampling: sampling)
                } else {
                    VerdictPanel(verdict: state.verdict)
                    StationInput(model: sampling.model)
                    if let tube = state.tube {
                        SeatRow(tube: tube)
                        TubeActions(sampling: sampling, tube: tube)
                    }
                    if state.tube == nil || state.tube?.sealed == true || state.barcode != nil {
                        TubeForm(sampling: sampling)
                    }
                    PeopleForms(sampling: sampling)
                    HandOverForm(sampling: sampling)
                }
            }
            .padding()
        }
        .task { await sampling.model.load() }
        .sheet(isPresented: asks) {
            VStack(spacing: 20) {
                if let said = state.verdict?.said {
                    Say(said).font(.title3)
                }
                Say(.sameQuestion).font(.title2.bold())
                WordButton(.samePerson) { sampling.model.declineSomebodyElse() }
                    .buttonStyle(.borderedProminent)
                WordButton(.somebodyElse) { Task { await sampling.model.confirmSomebodyElse() } }
                    .buttonStyle(.bordered)
            }
            .padding(24)
            .interactiveDismissDisabled()
        }
    }

    private var asks: Binding<Bool> {
        sampling.binding {
            $0.maybeTwice != nil
        } set: { model, shown in
            if !shown { model.declineSomebodyElse() }
        }
    }
}

/// Begins a session.
private struct SessionForm: View {
    @ObservedObject var sampling: Watched<SamplingModel>
    @State private var site = ""
    @State private var staff = ""

    var body: some View {
        VStack(spacing: 12) {
            Say(.session).font(.title2.bold())
            TextField(text: $site) { Say(.site) }
            TextField(text: $staff) { Say(.staffMember) }
            WordButton(.begin) { Task { await sampling.model.openSession(site: site, staff: staff) } }
                .buttonStyle(.borderedProminent)
                .disabled(site.isEmpty || staff.isEmpty)
        }
        .textFieldStyle(.roundedBorder)
    }
}

/// Opens a tube for so many people.
private struct TubeForm: View {
    @ObservedObject var sampling: Watched<SamplingModel>
    @State private var barcode = ""
    @State private var capacity: UInt8 = 10

    private var text: String { sampling.state.barcode ?? barcode }

    var body: some View {
        VStack(spacing: 12) {
            if let scanned = sampling.state.barcode {
                Text(verbatim: scanned).font(.title2.monospaced())
            } else {
                TextField(text: $barcode) { Say(.barcode) }
                    .textFieldStyle(.roundedBorder)
                    .autocorrectionDisabled()
                    .textInputAutocapitalization(.characters)
            }
            Say(.capacity)
            Picker(selection: $capacity) {
                ForEach([UInt8(1), 5, 10, 20], id: \.self) { Text(verbatim: "\($0)").tag($0) }
            } label: {
                Say(.capacity)
            }
            .pickerStyle(.segmented)
            WordButton(.openTube) {
                Task { await sampling.model.openTube(text, capacity: capacity) }
            }
            .buttonStyle(.borderedProminent)
            .disabled(text.isEmpty)
            if sampling.state.tube?.sealed == false {
                WordButton(.openBeside) {
                    Task { await sampling.model.openTubeBeside(text, capacity: capacity) }
                }
                .buttonStyle(.bordered)
                .disabled(text.isEmpty)
            }
            if sampling.state.barcode != nil {
                WordButton(.cancel) { sampling.model.dropScanned() }
            }
        }
    }
}

/// The people in a tube, by place.
private struct SeatRow: View {
    let tube: TubeView
    @Environment(\.language) private var language

    var body: some View {
        VStack(alignment: .leading) {
            HStack {
                Text(verbatim: tube.barcode).font(.headline.monospaced())
                Spacer()
                Text(verbatim: "\(tube.seats.count)/\(tube.capacity)").font(.title2.monospacedDigit().bold())
                if tube.sealed {
                    Say(.sealed).bold()
                }
            }
            ScrollView(.horizontal) {
                HStack {
                    ForEach(1...Int(tube.capacity), id: \.self) { place in
                        seat(tube.seats.first { Int($0.seat) == place }, place)
                    }
                }
            }
        }
    }

    private func seat(_ seat: SeatView?, _ place: Int) -> some View {
        VStack {
            Text(verbatim: "\(place)").font(.caption)
            Text(seat?.name ?? Word.empty.text(in: language))
                .foregroundStyle(seat == nil ? .secondary : .primary)
        }
        .padding(8)
        .frame(minWidth: 56)
        .background(
            seat == nil ? Color.gray.opacity(0.15) : Color.blue.opacity(0.2), in: RoundedRectangle(cornerRadius: 8)
        )
        .accessibilityElement(children: .combine)
    }
}

/// Undo, move, seal, other tubes.
private struct TubeActions: View {
    @ObservedObject var sampling: Watched<SamplingModel>
    let tube: TubeView
    @State private var mending: SeatView?
    @State private var sealing = false

    private var others: [TubeView] {
        sampling.state.openTubes.filter { $0.barcode != tube.barcode }
    }

    var body: some View {
        VStack(spacing: 12) {
            ForEach(others, id: \.barcode) { other in
                Button {
                    Task { await sampling.model.selectTube(other.barcode) }
                } label: {
                    Text(verbatim: "\(other.barcode) \(other.seats.count)/\(other.capacity)")
                }
                .buttonStyle(.bordered)
            }
            if !tube.sealed {
                if let last = tube.seats.last {
                    WordButton(.undo) { mending = last }.buttonStyle(.bordered)
                }
                WordButton(.seal) { sealing = true }.buttonStyle(.borderedProminent)
            }
        }
        .sheet(item: $mending) { MendForm(sampling: sampling, tube: tube, seat: $0, others: others) }
        .sheet(isPresented: $sealing) { SealForm(sampling: sampling) }
    }
}

extension SeatView: @retroactive Identifiable {
    public var id: String { entry }
}

/// Takes a registration back, or moves it, for a reason.
private struct MendForm: View {
    @ObservedObject var sampling: Watched<SamplingModel>
    let tube: TubeView
    @State var seat: SeatView
    let others: [TubeView]
    @State private var reason = ""
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Form {
            BannerBar(sampling.state.banner)
            Picker(selection: $seat) {
                ForEach(tube.seats, id: \.self) { Text(verbatim: "\($0.seat) \($0.name)").tag($0) }
            } label: {
                Say(.name)
            }
            TextField(text: $reason) { Say(.reason) }
            WordButton(.undo, role: .destructive) {
                Task {
                    await sampling.model.undo(seat.entry, reason: reason)
                    if sampling.state.banner == nil { dismiss() }
                }
            }
            .disabled(reason.isEmpty)
            ForEach(others, id: \.barcode) { other in
                Button {
                    Task {
                        await sampling.model.move(seat.entry, to: other.barcode, reason: reason)
                        if sampling.state.banner == nil { dismiss() }
                    }
                } label: {
                    HStack {
                        Say(.move)
                        Text(verbatim: other.barcode)
                    }
                }
                .disabled(reason.isEmpty)
            }
            WordButton(.cancel) { dismiss() }
        }
    }
}

/// Asks for the swabs before a tube is closed for good.
private struct SealForm: View {
    @ObservedObject var sampling: Watched<SamplingModel>
    @State private var swabs: UInt8 = 0
    @State private var explanation = ""
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Form {
            BannerBar(sampling.state.banner)
            Stepper(value: $swabs, in: 0...40) {
                HStack {
                    Say(.swabs)
                    Text(verbatim: "\(swabs)").font(.title.monospacedDigit().bold())
                }
            }
            TextField(text: $explanation) { Say(.explanation) }
            WordButton(.seal) {
                Task {
                    await sampling.model.seal(swabs: swabs, explanation: explanation.isEmpty ? nil : explanation)
                    if sampling.state.tube?.sealed == true {
                        dismiss()
                    }
                }
            }
            WordButton(.cancel) { dismiss() }
        }
    }
}

/// An ID card, and those who are not in the register.
private struct PeopleForms: View {
    @ObservedObject var sampling: Watched<SamplingModel>
    @State private var number = ""
    @State private var name = ""
    @State private var document = ""
    @State private var contact = ""

    private var cardNumber: String { sampling.state.cardNumber ?? number }

    var body: some View {
        VStack(spacing: 12) {
            DisclosureGroup {
                if let scanned = sampling.state.cardNumber {
                    Text(verbatim: scanned).monospacedDigit()
                } else {
                    TextField(text: $number) { Say(.idNumber) }.autocorrectionDisabled()
                }
                TextField(text: $name) { Say(.name) }
                WordButton(.register) {
                    Task {
                        await sampling.model.readIdCard(number: cardNumber, name: name)
                        // What was typed stays when it was not taken.
                        if sampling.state.banner == nil { clear() }
                    }
                }
                .buttonStyle(.borderedProminent)
                .disabled(cardNumber.isEmpty || name.isEmpty)
            } label: {
                Say(.idCard)
            }
            DisclosureGroup {
                TextField(text: $name) { Say(.name) }
                TextField(text: $document) { Say(.document) }
                TextField(text: $contact) { Say(.contact) }
                WordButton(.register) {
                    Task {
                        await sampling.model.registerByHand(
                            name: name, document: document.isEmpty ? nil : document, contact: contact)
                        if sampling.state.banner == nil { clear() }
                    }
                }
                .buttonStyle(.borderedProminent)
                .disabled(name.isEmpty || contact.isEmpty)
            } label: {
                Say(.byHand)
            }
        }
        .textFieldStyle(.roundedBorder)
    }

    private func clear() {
        number = ""
        name = ""
        document = ""
        contact = ""
    }
}

/// Hands the session over.
private struct HandOverForm: View {
    @ObservedObject var sampling: Watched<SamplingModel>
    @State private var staff = ""

    var body: some View {
        DisclosureGroup {
            if let session = sampling.state.session {
                Line(.site, session.site)
                Line(.staffMember, session.staff)
            }
            TextField(text: $staff) { Say(.staffMember) }.textFieldStyle(.roundedBorder)
            WordButton(.handOver) {
                Task {
                    await sampling.model.handOver(to: staff)
                    if sampling.state.banner == nil { staff = "" }
                }
            }
            .buttonStyle(.bordered)
            .disabled(staff.isEmpty)
        } label: {
            Say(.handOver)
        }
    }
}
