@_exported import SuimaCore
