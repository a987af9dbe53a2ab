namespace Unroll.Generator.Layers;

/// <summary>The arguments of one layer by name, wherever it is described: on an attribute, in a file of another tool.</summary>
internal interface IArgumentSource
{
    /// <summary>Whether an optional argument is given, be it as its default.</summary>
    bool IsGiven(string name);

    /// <summary>
    /// An <see cref="int"/>, <see cref="float"/>, <see cref="bool"/> or <see cref="string"/>, or an
    /// <see cref="Model.EquatableArray{T}"/> of <see cref="int"/> or <see cref="float"/>; null where the argument is left out or cannot be read.
    /// What an array of names stands for comes to a layer as its inputs.
    /// </summary>
    object? Value(string name);
}
