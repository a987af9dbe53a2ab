//HintName: A.g.cs
// 3 a/b
