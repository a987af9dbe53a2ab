namespace Unroll.Interop.KerasFiles;

/// <summary>The variables of layers, wherever a format keeps them.</summary>
internal interface IKerasVariables
{
    /// <summary>A layer's variables in Keras's order; none where there are none of it.</summary>
    IReadOnlyList<(IReadOnlyList<int> Shape, float[] Values)> Variables(KerasLayer layer);

    /// <summary>Where it looked for them, for messages.</summary>
    string Place(KerasLayer layer);

    /// <summary>The files beside the model that they are in.</summary>
    IReadOnlyList<string> Files => [];
}
