//HintName: Shop.Digits.g.cs
class Digits;
