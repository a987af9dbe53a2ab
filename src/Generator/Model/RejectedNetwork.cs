namespace Unroll.Generator.Model;

/// <summary>A network with a user error, whose class still gets its members so that the error stays alone.</summary>
/// <param name="Header">The class.</param>
/// <param name="SelfType">The class as a type, with type parameters if the error is that it has some.</param>
/// <param name="DerivesFromModel">False where the user's part leaves no room for the base class.</param>
/// <param name="OmittedMembers">Names of the <see cref="GeneratedMember"/>s that the class has already or cannot have.</param>
/// <param name="Reason">What the members say when called: <c>UNR0016: Layer dense1: ...</c>.</param>
internal sealed record RejectedNetwork(
    TypeHeader Header,
    string SelfType,
    bool DerivesFromModel,
    EquatableArray<string> OmittedMembers,
    string Reason)
{
    /// <summary>A class without fault of its own, whose layers cannot be compiled.</summary>
    public static RejectedNetwork For(TypeHeader header, string reason) =>
        new(header, header.Name, DerivesFromModel: true, OmittedMembers: default, reason);
}
