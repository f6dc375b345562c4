// A phone or a station in a process of its own, which the tests kill.
import Foundation
import Suima
import SuimaTestSupport

let given = CommandLine.arguments  // what to do, file, address, hot root, cold root, what to do it with
guard given.count == 7, let hot = Data(hex: given[4]), let cold = Data(hex: given[5]) else {
    throw DidNotWork("not what this program is started with: \(given)")
}
let config = Config(
    path: given[2], issuerUrl: given[3], pinnedCertificates: [], roots: Roots(hot: hot, cold: cold))
switch given[1] {
case "regenerate":
    let phone = try Wallet.open(
        config: config, keystore: MaskKeystore(), clock: MachineClock(), log: KeepingLog())
    guard let slot = UInt32(given[6]) else {
        throw DidNotWork("not a slot: \(given[6])")
    }
    let made = try await phone.regenerate(confirm: phone.warning(slot: slot).confirm)
    print(made.outcome)
case "register":
    let station = try Station.open(
        config: config, keystore: MaskKeystore(), clock: MachineClock(), log: KeepingLog())
    let bound = try station.register(text: given[6])
    FileHandle.standardOutput.write(Data("\(bound.outcome)\n".utf8))
    // Until it is killed: nothing is closed, nothing is tidied up.
    _ = readLine()
default:
    throw DidNotWork("nothing to do: \(given[1])")
}
