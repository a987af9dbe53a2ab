namespace Unroll.Generator.Model;

/// <summary>A member that generation adds to the user's class, and that the user's part can therefore not declare as well.</summary>
/// <param name="Name">The member's name; <see cref="ConstructorName"/> for the constructor.</param>
/// <param name="Parameters">Types by metadata name, after <c>ref</c> where there is one, for a method, which leaves the user its overloads; null for a field or property, which takes the name whole.</param>
/// <param name="Display">For messages.</param>
internal sealed record GeneratedMember(string Name, EquatableArray<string>? Parameters, string Display)
{
    public const string ConstructorName = ".ctor";

    private const string Rows = "System.ReadOnlySpan<System.Single>";
    private const string Ids = "System.ReadOnlySpan<System.Int32>";
    private const string Room = "System.Span<System.Single>";

    private static readonly GeneratedMember[] s_ofPretrained = [Field("Pretrained"), Method("LoadPretrained", "LoadPretrained()"), Method("SelfTest", "SelfTest()"), Field("__pretrained")];

    /// <summary>Every member of every network. An emitter that adds one lists it here, or among those that depend on the network.</summary>
    public static readonly IReadOnlyList<GeneratedMember> All =
    [
        Field("InputSize"),
        Field("OutputSize"),
        Field("ParameterCount"),
        Method(ConstructorName, "constructor (int? seed)", "System.Nullable<System.Int32>"),
        Method("Load", "Load(string)", "System.String"),
        Field("Graph"),
        Field("__network"),
    ];

    /// <summary>The members of a network: those of every one, and those of one that has weights from the start.</summary>
    public static IEnumerable<GeneratedMember> Of(bool isPretrained) => isPretrained ? [.. All, .. s_ofPretrained] : All;

    /// <summary>The members that depend on what a network reads and gives.</summary>
    public static IEnumerable<GeneratedMember> Of(NetworkEnds ends)
    {
        (int inputs, int outputs) = (ends.Inputs.Count, ends.Outputs.Count);
        if (ends.IsStreaming)
        {
            yield return Method("CreateStream", "CreateStream()");
        }

        if (inputs > 1 || outputs > 1)
        {
            yield return Method("Predict", "Predict with its inputs and outputs", [.. Enumerable.Repeat(Rows, inputs), .. Enumerable.Repeat(Room, outputs)]);
        }

        if (inputs > 1)
        {
            yield return Method("Predict", "Predict with its inputs", [.. Enumerable.Repeat(Rows, inputs)]);
        }

        if (inputs == 1 && ends.HasIds)
        {
            yield return Method("Predict", "Predict with ids", Ids);
            yield return Method("Predict", "Predict with ids", Ids, Room);
        }
    }

    private static GeneratedMember Field(string name) => new(name, Parameters: null, name);

    private static GeneratedMember Method(string name, string display, params string[] parameters) =>
        new(name, parameters.ToEquatableArray(), display);
}
