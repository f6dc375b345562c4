import Suima

/// Phones and stations of a city. Each name has a file of its own, and any ``MaskKeystore`` reads what another sealed.
extension City {
    package func phone(
        _ name: String = "mother", at address: String? = nil, keystore: any Keystore = MaskKeystore(),
        clock: any Clock = MachineClock(), log: any Log = KeepingLog(), signer: (any Signer)? = nil
    ) throws -> Wallet {
        try Wallet.open(
            config: config(name, at: address), keystore: keystore, clock: clock, log: log, signer: signer)
    }

    /// A phone that is enrolled as this person's, and refreshed.
    package func enrolledPhone(
        _ name: String = "mother", _ idNumber: String = City.mother, keystore: any Keystore = MaskKeystore(),
        clock: any Clock = MachineClock(), log: any Log = KeepingLog(), signer: (any Signer)? = nil
    ) async throws -> Wallet {
        let phone = try phone(name, keystore: keystore, clock: clock, log: log, signer: signer)
        try await phone.enrol(activationCode: activation(idNumber))
        _ = try await phone.refresh()
        return phone
    }

    package func station(
        _ name: String, at address: String? = nil, clock: any Clock = MachineClock(), log: any Log = KeepingLog()
    ) throws -> Station {
        try Station.open(
            config: config(name, at: address), keystore: MaskKeystore(), clock: clock, log: log)
    }

    /// A station that is enrolled, and knows what is current; nobody is on duty.
    package func enrolledStation(_ name: String, log: any Log = KeepingLog()) async throws -> Station {
        let station = try station(name, log: log)
        try await station.enrol(activationCode: stationActivation(name))
        guard try await station.sync().current else {
            throw DidNotWork("\(name) does not know what is current")
        }
        return station
    }
}

extension Wallet {
    package func person(_ relation: Relation) throws -> PersonView {
        guard let person = try family().first(where: { $0.relation == relation }) else {
            throw DidNotWork("nobody is \(relation)")
        }
        return person
    }
}
