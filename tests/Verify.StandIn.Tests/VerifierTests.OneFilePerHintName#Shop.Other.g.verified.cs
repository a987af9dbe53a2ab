//HintName: Shop.Other.g.cs
class Other;
