namespace Unroll.Generator.Model;

/// <summary>A network with a user error, whose class still gets its members so that the error stays alone.</summary>
/// <param name="Header">The class.</param>
/// <param name="Reason">What the members say when called: <c>UNR0016: Layer dense1: ...</c>.</param>
/// <param name="DerivesFromModel">False where the user's part leaves no room for the base class.</param>
/// <param name="Constructor">Without body, with the constructor it leads to; empty where there can be none.</param>
/// <param name="LoadedType">What <c>Load</c> returns: the class with its type parameters, if it can have instances.</param>
/// <param name="OmittedMembers">Names of the <see cref="GeneratedMember"/>s that the class has already or cannot have.</param>
/// <param name="ModelMembers">What it does not inherit from <c>Model</c>.</param>
internal sealed record RejectedNetwork(
    TypeHeader Header,
    string Reason,
    bool DerivesFromModel,
    string Constructor,
    string LoadedType,
    EquatableArray<string> OmittedMembers,
    EquatableArray<StubMember> ModelMembers)
{
    /// <summary>Whether it has the members of a network that has weights from the start.</summary>
    public bool IsPretrained { get; init; }

    /// <summary>What its own members of prediction and streams follow from; null where it cannot have them.</summary>
    public NetworkEnds? Ends { get; init; }

    /// <summary>A class without fault of its own, whose layers cannot be compiled.</summary>
    public static RejectedNetwork For(TypeHeader header, string reason, bool isPretrained, NetworkEnds ends) => new(
        header,
        reason,
        DerivesFromModel: true,
        $"public {header.Name}(int? seed = null)",
        header.Name,
        OmittedMembers: default,
        ModelMembers: default)
    {
        IsPretrained = isPretrained,
        Ends = ends,
    };
}
