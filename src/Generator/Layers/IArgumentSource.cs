namespace Unroll.Generator.Layers;

/// <summary>The arguments of one layer by name, wherever it is described: on an attribute, in a file of another tool.</summary>
internal interface IArgumentSource
{
    /// <summary>Whether an optional argument is given, be it as its default.</summary>
    bool IsGiven(string name);

    /// <summary>
    /// An <see cref="int"/>, <see cref="float"/>, <see cref="bool"/> or <see cref="string"/>, or an
    /// <see cref="Model.EquatableArray{T}"/> of one of them but <see cref="bool"/>; null where the argument is left out or cannot be read.
    /// </summary>
    object? Value(string name);
}
