import Suima
import SuimaModels
import SwiftUI

/// Whose codes are held, and whose can be.
struct FamilyScreen: View {
    @ObservedObject var family: Watched<FamilyModel>
    @Environment(\.language) private var language

    private var state: FamilyState { family.state }

    var body: some View {
        NavigationStack {
            List {
                BannerBar(state.banner) { Task { await family.model.refresh() } }
                if !state.asks.isEmpty {
                    NavigationLink {
                        ConsentScreen(family: family)
                    } label: {
                        Label {
                            Say(.consent)
                        } icon: {
                            Image(systemName: "person.crop.circle.badge.questionmark")
                        }
                        .badge(state.asks.count)
                    }
                }
                Section {
                    ForEach(state.people.filter(\.held), id: \.slot) { person in
                        NavigationLink {
                            HoldersScreen(family: family, person: person)
                        } label: {
                            PersonLine(person: person)
                        }
                    }
                }
                if !state.holdable.isEmpty {
                    Section {
                        ForEach(state.holdable, id: \.slot) { person in
                            HStack {
                                PersonLine(person: person)
                                Spacer()
                                Button {
                                    Task { await family.model.hold(person.slot) }
                                } label: {
                                    Say(.hold)
                                }
                                .buttonStyle(.bordered)
                                .disabled(state.working)
                            }
                        }
                    } header: {
                        Say(.addRelative)
                    }
                }
                NavigationLink {
                    AddRelativeScreen(family: family)
                } label: {
                    Say(.askAdult)
                }
            }
            .navigationTitle(Text(verbatim: Word.family.text(in: language)))
            .refreshable { await family.model.refresh() }
            .task { await family.model.load() }
        }
    }
}

/// Name, relation and year of birth.
struct PersonLine: View {
    let person: PersonView

    var body: some View {
        VStack(alignment: .leading) {
            Text(person.name).font(.headline)
            HStack {
                Say(Word(person.relation))
                Text(verbatim: "\(person.birthYear)")
            }
            .foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
    }
}

/// Asks an adult, and takes the one-time code that they tell.
struct AddRelativeScreen: View {
    @ObservedObject var family: Watched<FamilyModel>
    @State private var document = ""
    @State private var name = ""
    @State private var code = ""

    private var state: FamilyState { family.state }

    var body: some View {
        Form {
            BannerBar(state.banner)
            Section {
                TextField(text: $name) { Say(.name) }
                TextField(text: $document) { Say(.document) }
                    .autocorrectionDisabled()
                    .textInputAutocapitalization(.characters)
                WordButton(.ask) { Task { await family.model.ask(document: document, name: name) } }
                    .disabled(name.isEmpty || document.isEmpty || state.working)
                if let until = state.askedUntil {
                    Line(.asked, Moments.minute(until))
                }
            } header: {
                Say(.askAdult)
            }
            Section {
                TextField(text: $code) { Say(.oneTimeCode) }
                    .keyboardType(.numberPad)
                    .font(.title2.monospacedDigit())
                WordButton(.redeem) { Task { await family.model.redeem(code) } }
                    .disabled(code.isEmpty || state.working)
                if let person = state.redeemed {
                    Line(.redeemed, person.name)
                }
            } header: {
                Say(.oneTimeCode)
            }
        }
    }
}

/// Who asks to hold the user's codes: agree and tell them the code, or decline.
struct ConsentScreen: View {
    @ObservedObject var family: Watched<FamilyModel>

    private var state: FamilyState { family.state }

    var body: some View {
        List {
            BannerBar(state.banner)
            ForEach(state.asks, id: \.id) { ask in
                VStack(alignment: .leading, spacing: 12) {
                    Say(ask.said)
                    if let code = ask.code {
                        Say(.tellCode).foregroundStyle(.secondary)
                        Text(code.digits).font(.largeTitle.monospacedDigit().bold())
                            .speechSpellsOutCharacters()
                        Line(.until, Moments.minute(code.expires))
                    } else {
                        WordButton(.decline) { Task { await family.model.answer(ask.id, agree: false) } }
                            .buttonStyle(.borderedProminent)
                        WordButton(.agree) { Task { await family.model.answer(ask.id, agree: true) } }
                            .buttonStyle(.bordered)
                    }
                }
                .disabled(state.working)
            }
            if state.asks.isEmpty {
                Say(.nothing)
            }
        }
        .task { await family.model.refresh() }
    }
}

/// Who holds somebody's code, and the end of it.
struct HoldersScreen: View {
    @ObservedObject var family: Watched<FamilyModel>
    let person: PersonView

    private var state: FamilyState { family.state }

    var body: some View {
        List {
            BannerBar(state.banner)
            PersonLine(person: person)
            if let ended = state.ended {
                Section {
                    Say(ended.said)
                    ForEach(ended.offers, id: \.self) { offer in
                        Say(offer.said)
                        if offer.confirm != nil {
                            WordButton(.regenerateAgree, role: .destructive) {
                                Task { await family.model.takeOffer(offer) }
                            }
                            .disabled(state.working)
                        }
                    }
                    if let remade = state.remade {
                        Say(remade.said)
                    }
                    WordButton(.close) { family.model.dismissEnded() }
                }
            }
            Section {
                ForEach(state.holders, id: \.holding) { holder in
                    VStack(alignment: .leading) {
                        HStack {
                            Text(holder.name).font(.headline)
                            if holder.thisDevice {
                                Say(.thisPhone).foregroundStyle(.secondary)
                            }
                        }
                        Say(holder.said)
                        WordButton(.endHolding, role: .destructive) {
                            Task { await family.model.askToEnd(holder) }
                        }
                        .buttonStyle(.bordered)
                        .disabled(state.working)
                    }
                }
                if state.holders.isEmpty {
                    Say(.noHolders)
                }
            } header: {
                Say(.holders)
            }
            Section {
                ForEach(state.history, id: \.self) { made in
                    HStack {
                        Text(verbatim: Moments.minute(made.at))
                        Spacer()
                        Text(made.by)
                    }
                }
            } header: {
                Say(.history)
            }
        }
        .task { await family.model.showHolders(of: person.slot) }
        .sheet(isPresented: asks) {
            if let ending = state.ending {
                Question(
                    said: ending.said, agree: .endHolding, decline: .cancel,
                    onAgree: { Task { await family.model.agreeToEnd() } },
                    onDecline: { family.model.declineToEnd() })
            }
        }
    }

    private var asks: Binding<Bool> {
        family.binding {
            $0.ending != nil
        } set: { model, shown in
            if !shown { model.declineToEnd() }
        }
    }
}
