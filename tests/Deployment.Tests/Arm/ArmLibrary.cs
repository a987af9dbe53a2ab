using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Unroll.Deployment.Tests.Harness;
using Unroll.Numerics.Tests.Harness;

namespace Unroll.Deployment.Tests.Arm;

/// <summary>
/// Generated code, the vector functions it calls and its entry points as one library without a runtime, compiled against .NET 10.
/// </summary>
internal static class ArmLibrary
{
    public const string AssemblyName = "ArmNetworks";

    // The guard as it stands, evaluated by the code generator for Arm. As a condition the compiler of IL, which sees the core library of
    // x64 only, would take it for false and drop the branch before.
    private const string Guard = "AdvSimd.Arm64.IsSupported";

    private const string GuardType = """
        internal static class Guard
        {
            public static bool Neon => (global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported ? 1 : 0) == 1;
        }
        """;

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        """;

    private static readonly string[] s_arguments = ["FillMode.cs", "Interpolation.cs"];

    public static void Write(NetworkLibrary library, IReadOnlyList<ArmNetwork> networks, string path)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        IEnumerable<string> sources =
        [
            ImplicitUsings,
            GuardType,
            "using System.Runtime.CompilerServices;\n" + string.Concat(networks.Select(static network => network.EntryPoints)),
            File.ReadAllText(Path.Combine(Repository.Root, "tests", "Deployment.Tests", "Arm", "TrainingStep.cs")),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "src", "Runtime", "Numerics"), "*.cs").Select(File.ReadAllText),

            // What those take as arguments.
            .. s_arguments.Select(static name => File.ReadAllText(Path.Combine(Repository.Root, "src", "Runtime", "Attributes", name))),
            .. library.Files.Where(static file => IsCode(file.Key)).Select(static file => Portable(file.Key, file.Value)),
        ];
        CSharpCompilation compilation = CSharpCompilation.Create(
            AssemblyName,
            sources.Select(source => CSharpSyntaxTree.ParseText(source, options)),
            NativeCompiler.Framework().Select(static reference => MetadataReference.CreateFromFile(reference)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true, // As src/Runtime is compiled, whose files are among the sources.
                nullableContextOptions: NullableContextOptions.Enable));
        EmitResult result = compilation.Emit(path);
        Assert.Empty(result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    private static bool IsCode(string hintName) => hintName.EndsWith(".Schedule.g.cs", StringComparison.Ordinal) || hintName.Contains(".Vector", StringComparison.Ordinal)
        || hintName.EndsWith(".Neon.g.cs", StringComparison.Ordinal);

    private static string Portable(string hintName, string source)
    {
        if (hintName.EndsWith(".Schedule.g.cs", StringComparison.Ordinal))
        {
            Assert.Contains($"if ({Guard})", source, StringComparison.Ordinal);
            return new ObjectRemover().Visit(CSharpSyntaxTree.ParseText(source).GetRoot()).ToFullString();
        }

        // Emulations of wider vectors: never called on Arm, and slow to compile.
        bool isWide = hintName.EndsWith(".Vector512.g.cs", StringComparison.Ordinal) || hintName.EndsWith(".Vector256.g.cs", StringComparison.Ordinal);
        return isWide ? new BodyRemover().Visit(CSharpSyntaxTree.ParseText(source).GetRoot()).ToFullString() : source;
    }

    // Without a runtime there are no objects: the methods of a schedule become static ones of a type that nobody creates.
    private sealed class ObjectRemover : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) =>
            node.Members.OfType<MethodDeclarationSyntax>().Any(static method => method.Identifier.ValueText == "Create")
                ? null
                : base.VisitClassDeclaration(node.WithBaseList(null).WithModifiers(default));

        public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) =>
            node.WithModifiers([.. node.Modifiers.Select(static modifier => modifier.IsKind(SyntaxKind.OverrideKeyword)
                ? SyntaxFactory.Token(modifier.LeadingTrivia, SyntaxKind.StaticKeyword, modifier.TrailingTrivia)
                : modifier)]);
    }

    private sealed class BodyRemover : CSharpSyntaxRewriter
    {
        private static readonly BlockSyntax s_throw = (BlockSyntax)SyntaxFactory.ParseStatement("{ throw null!; }");

        public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) =>
            node.WithBody(s_throw).WithExpressionBody(null).WithSemicolonToken(default);
    }
}
