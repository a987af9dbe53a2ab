using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>Decides which members a rejected class can still be given without an error of their own.</summary>
internal static class Rejection
{
    /// <returns>Null where another file cannot reopen the class at all.</returns>
    public static RejectedNetwork? Of(INamedTypeSymbol type, AttributeData network, NetworkModel draft, Problem error)
    {
        bool isPretrained = draft.Pretrained is not null;
        LanguageVersion language = ClassRules.LanguageOf(type.DeclaringSyntaxReferences[0].GetSyntax());
        if (TypeHeaderReader.IsFileLocal(type) ||
            (type.TypeKind == TypeKind.Interface && language < LanguageVersion.CSharp8))
        {
            return null;
        }

        bool derives = type is { TypeKind: TypeKind.Class, IsRecord: false, IsStatic: false } && !ClassRules.HasOwnBase(type);
        INamedTypeSymbol? model = network.AttributeClass?.ContainingAssembly.GetTypeByMetadataName(MetadataNames.Model);
        return new RejectedNetwork(
            draft.Header,
            error.Text,
            derives,
            StubConstructor.Of(type, draft.Header.Name),
            type.IsStatic ? "global::" + MetadataNames.Model : TypeHeaderReader.SelfType(type),
            GeneratedMember.Of(isPretrained).Where(member => IsOmitted(type, member)).Select(static member => member.Name).ToEquatableArray(),
            model is null ? default : ModelMembers.MissingIn(type, model, derives, language))
        {
            IsPretrained = isPretrained,
            Ends = CanHave(type, draft.Ends) ? draft.Ends : null,
        };
    }

    // A static class has no instances that could predict.
    private static bool CanHave(INamedTypeSymbol type, NetworkEnds ends) => !type.IsStatic && !GeneratedMember.Of(ends).Any(member => IsOmitted(type, member));

    // What a base class has under the same name is hidden, unless that is abstract or implements what is.
    private static bool IsOmitted(INamedTypeSymbol type, GeneratedMember member) =>
        MemberRules.IsTaken(type, member) ||
        (MemberRules.Inherited(type, member).FirstOrDefault() is { } inherited &&
            (inherited.IsOverride || inherited.IsAbstract));
}
