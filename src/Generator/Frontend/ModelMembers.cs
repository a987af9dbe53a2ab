using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>What <c>Unroll.Model</c> gives to every network, read from the runtime itself.</summary>
internal static class ModelMembers
{
    /// <summary>The public members of <c>Model</c>, inherited ones among them, that a rejected class does not inherit, nor has already.</summary>
    /// <param name="type">The class. What a static one is used for, it is asked itself.</param>
    /// <param name="model">The symbol of <c>Unroll.Model</c>.</param>
    /// <param name="inherits">Whether the class will derive from <c>Model</c>; then only what its language cannot call there is missing.</param>
    /// <param name="language">The language of the class.</param>
    public static EquatableArray<StubMember> MissingIn(INamedTypeSymbol type, INamedTypeSymbol model, bool inherits, LanguageVersion language) => TypeHeaderReader.BaseTypes(model)
        .Prepend(model)
        .Where(static declaring => declaring.SpecialType == SpecialType.None)
        .SelectMany(static declaring => declaring.GetMembers())
        .Where(static member => member.DeclaredAccessibility == Accessibility.Public && !member.IsOverride)
        .Where(member => !inherits || (member is IMethodSymbol method && StubSignature.HasNewerParams(method, language)))
        .Where(member => !IsTaken(type, member))
        .Select(member => Stub(member, member.IsStatic || type.IsStatic ? "public static" : "public", language))
        .OfType<StubMember>()
        .ToEquatableArray();

    private static StubMember? Stub(ISymbol member, string modifiers, LanguageVersion language) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => new StubMember($"{modifiers} {StubSignature.Of(method, language)}", Accessors: default),
        IPropertySymbol property => new StubMember(
            $"{modifiers} {StubSignature.Of(property)}",
            new[] { (Method: property.GetMethod, Word: "get"), (Method: property.SetMethod, Word: "set") }
                .Where(static accessor => accessor.Method?.DeclaredAccessibility == Accessibility.Public)
                .Select(static accessor => accessor.Word)
                .ToEquatableArray()),
        IEventSymbol notice => new StubMember(
            $"{modifiers} event {notice.Type.ToDisplayString(StubSignature.Format)} {notice.Name}", EquatableArray.Of("add", "remove")),
        _ => null,
    };

    private static bool IsTaken(INamedTypeSymbol type, ISymbol member)
    {
        var generated = new GeneratedMember(member.Name, (member as IMethodSymbol)?.Parameters.Select(MemberRules.Parameter).ToEquatableArray(), member.Name);
        return MemberRules.IsTaken(type, generated) || MemberRules.Inherited(type, generated).Any();
    }
}
