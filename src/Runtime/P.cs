namespace Unroll;
/// <summary>x</summary>
public sealed class Placeholder;
