using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>Finds where a stage uses one that comes after it.</summary>
/// <remarks>
/// A file reaches a type of another folder by a using directive, by a qualified name, or by sharing its namespace; the first two are
/// looked up here, and the third is ruled out by holding namespaces to folders.
/// </remarks>
internal sealed class StageCheck
{
    private const string RootNamespace = "Unroll.Generator";
    private const string Roslyn = "Microsoft.CodeAnalysis";

    private readonly IReadOnlyList<SourceFile> _files;
    private readonly ILookup<string, string> _typesByStage;
    private readonly HashSet<string> _violations = new(StringComparer.Ordinal);

    private StageCheck(IReadOnlyList<SourceFile> files)
    {
        _files = files;
        _typesByStage = files
            .SelectMany(static file => DeclaredTypes(file).Select(type => (file.Stage, Type: type)))
            .ToLookup(static pair => pair.Stage, static pair => pair.Type, StringComparer.Ordinal);
    }

    /// <param name="files">All of the generator's sources.</param>
    /// <returns>One line a violation, with file and line.</returns>
    public static IReadOnlyList<string> Violations(IReadOnlyList<SourceFile> files)
    {
        var check = new StageCheck(files);
        foreach (SourceFile file in files)
        {
            check.Check(file);
        }

        return [.. check._violations.Order(StringComparer.Ordinal)];
    }

    private void Check(SourceFile file)
    {
        if (file.Stage.Length > 0 && !StageOrder.IsStage(file.Stage))
        {
            _violations.Add($"{file.Path}: the folder {file.Stage} is not a stage of {nameof(StageOrder)}");
            return;
        }

        CheckNamespace(file);
        foreach (SyntaxNode node in file.Syntax.DescendantNodes(static node => !IsNamespaceName(node)))
        {
            switch (node)
            {
                case NameSyntax when IsNamespaceName(node):
                    break;
                case UsingDirectiveSyntax directive:
                    CheckUsing(file, directive);
                    break;
                case QualifiedNameSyntax or AliasQualifiedNameSyntax:
                case MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression }:
                    CheckName(file, node, Parts(node));
                    break;
                case SimpleNameSyntax name when file.Stage.Length > 0 && _typesByStage[""].Contains(name.Identifier.ValueText):
                    Report(file, name, "must not use the driver's types");
                    break;
            }
        }
    }

    private void CheckNamespace(SourceFile file)
    {
        string folder = Path.GetDirectoryName(file.Path)!.Replace('\\', '/').Replace('/', '.');
        string expected = file.Stage.Length == 0 ? RootNamespace : $"{RootNamespace}.{folder}";
        foreach (BaseNamespaceDeclarationSyntax declaration in file.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
        {
            // The root also holds polyfills of System types.
            if (declaration.Name.ToString() != expected && file.Stage.Length > 0)
            {
                Report(file, declaration, $"must declare the namespace {expected}");
            }
        }
    }

    private void CheckUsing(SourceFile file, UsingDirectiveSyntax directive)
    {
        CheckName(file, directive, directive.NamespaceOrType.ToString().Replace("global::", "").Split('.'));
        if (directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
        {
            Report(file, directive, "must not use globally: it would hide arrows from this test");
        }
    }

    private void CheckName(SourceFile file, SyntaxNode node, string[] parts)
    {
        if (string.Join('.', parts.Take(2)) == Roslyn && !StageOrder.MaySeeRoslyn(file.Stage))
        {
            Report(file, node, $"must not see {Roslyn}");
        }

        if (file.Stage.Length > 0 && StageNamed(parts) is { } stage && !StageOrder.Allows(file.Stage, stage))
        {
            Report(file, node, $"must not use {stage}");
        }
    }

    /// <summary>The stage that a dotted name leads into: in full, or from a namespace around the file's own.</summary>
    private string? StageNamed(string[] parts)
    {
        switch (parts)
        {
            case ["Unroll", "Generator", var stage, ..] when StageOrder.IsStage(stage):
                return stage;
            case ["Generator", var stage, ..] when StageOrder.IsStage(stage):
                return stage;
            case [var stage, var member, ..] when StageOrder.IsStage(stage) && Declares(stage, member):
                return stage;
            default:
                return null;
        }
    }

    /// <summary>A property can have the name of a stage: what that stage declares, or a folder of it, tells them apart.</summary>
    private bool Declares(string stage, string member) =>
        _typesByStage[stage].Contains(member)
        || _files.Any(file => file.Path.StartsWith($"{stage}/{member}/", StringComparison.Ordinal));

    private static string[] Parts(SyntaxNode node) => node switch
    {
        QualifiedNameSyntax name => [.. Parts(name.Left), .. Parts(name.Right)],
        MemberAccessExpressionSyntax access => [.. Parts(access.Expression), .. Parts(access.Name)],
        AliasQualifiedNameSyntax name => Parts(name.Name),
        SimpleNameSyntax name => [name.Identifier.ValueText],
        // The name goes on from a value: no stage begins like this.
        _ => [""],
    };

    private static IEnumerable<string> DeclaredTypes(SourceFile file) =>
        file.Syntax.DescendantNodes().OfType<MemberDeclarationSyntax>()
            .Where(static member => member.Parent is BaseNamespaceDeclarationSyntax { Name: var name }
                && name.ToString().StartsWith(RootNamespace, StringComparison.Ordinal))
            .Select(static member => member switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
                DelegateDeclarationSyntax type => type.Identifier.ValueText,
                _ => "",
            });

    private static bool IsNamespaceName(SyntaxNode node) =>
        node.Parent is BaseNamespaceDeclarationSyntax declaration && declaration.Name == node;

    private void Report(SourceFile file, SyntaxNode node, string problem) =>
        _violations.Add($"{file.Path}({SourceFile.Line(node)}): {file.Stage} {problem}");
}
