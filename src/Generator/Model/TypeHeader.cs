namespace Unroll.Generator.Model;

/// <summary>How to reopen the user's class.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="ContainingTypes">Outermost first, as declarations: <c>public partial class Outer</c>.</param>
/// <param name="Declaration">The class as a declaration: <c>public sealed partial class Digits</c> (keywords escaped).</param>
/// <param name="Name">The class's simple name, keywords escaped.</param>
/// <param name="DisplayName">Namespace-qualified, for messages and comments.</param>
/// <param name="HintName">Unique, case-insensitively, without extension: <c>Shop.Outer.Digits</c>.</param>
internal sealed record TypeHeader(
    string Namespace,
    EquatableArray<string> ContainingTypes,
    string Declaration,
    string Name,
    string DisplayName,
    string HintName);
