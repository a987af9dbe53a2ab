using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>What the values of an input are where an embedding reads it: whole numbers below a limit.</summary>
/// <param name="Layer">The embedding.</param>
/// <param name="Count">How many ids it has, counted from 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record IdDescription(string Layer, int Count);
