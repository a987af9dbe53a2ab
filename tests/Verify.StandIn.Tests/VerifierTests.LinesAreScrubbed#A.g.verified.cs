//HintName: A.g.cs
// version VERSION
class A;
