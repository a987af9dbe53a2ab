namespace Unroll;

/// <summary>A network: the base class of every class annotated with <c>[Network]</c>.</summary>
public abstract class Model;
