using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>Decides which members a rejected class can still be given without an error of their own.</summary>
internal static class Rejection
{
    /// <returns>Null where another file cannot reopen the class at all.</returns>
    public static RejectedNetwork? Of(INamedTypeSymbol type, TypeHeader header, List<Problem> problems, Problem error)
    {
        if (problems.Any(static problem => PreventsReopening(problem.Id)))
        {
            return null;
        }

        bool isStatic = type.IsStatic;
        return new RejectedNetwork(
            header,
            TypeHeaderReader.SelfType(type),
            DerivesFromModel: !isStatic && !ClassRules.HasOwnBase(type),
            GeneratedMember.All
                .Where(member => MemberRules.IsTaken(type, member) || (isStatic && member.Parameters is not null) || PrimaryTakes(member, problems))
                .Select(static member => member.Name)
                .ToEquatableArray(),
            error.Text);
    }

    private static bool PrimaryTakes(GeneratedMember member, List<Problem> problems) =>
        member.Name == GeneratedMember.ConstructorName &&
        problems.Any(static problem => problem.Id == DiagnosticDescriptors.PrimaryConstructor.Id);

    private static bool PreventsReopening(string id) =>
        id == DiagnosticDescriptors.NotAClass.Id ||
        id == DiagnosticDescriptors.FileLocal.Id ||
        id == DiagnosticDescriptors.LanguageTooOld.Id;
}
