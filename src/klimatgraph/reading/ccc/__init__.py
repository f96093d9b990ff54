"""Europe's Climate City Contracts: their portfolios of actions, inventories, targets and more."""
