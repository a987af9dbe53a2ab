using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>From a class with <c>[Network]</c> to its model. Everything the user can get wrong short of shapes ends here as a problem.</summary>
internal static class NetworkParser
{
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is TypeDeclarationSyntax;

    /// <returns>Null where another declaration of the same class speaks for it.</returns>
    public static ParsedNetwork? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        Parse((INamedTypeSymbol)context.TargetSymbol, (TypeDeclarationSyntax)context.TargetNode);

    /// <returns>Null where another declaration of the same class speaks for it.</returns>
    public static ParsedNetwork? Parse(INamedTypeSymbol type, TypeDeclarationSyntax declaration)
    {
        // Roslyn asks about every declaration with the attribute; the class is compiled at the first.
        AttributeData network = type.GetAttributes().First(static attribute => MetadataNames.Is(attribute.AttributeClass, MetadataNames.Network));
        if (type.Name.Length == 0 || AttributeSource.Declaration(network) != declaration || !IsFirstOfItsName(type))
        {
            return null;
        }

        var problems = new List<Problem>();
        var layers = new LayerStackReader(type, problems);
        var locator = new ProblemLocator(type, network, layers.Attributes);
        try
        {
            return Parse(type, declaration, network, layers, problems, locator);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Problem problem = InternalFailure.Describe(type.Name, nameof(Frontend), exception);
            return new ParsedNetwork(Model: null, Rejected: null, Draft: null, EquatableArray.Of(problem), locator);
        }
    }

    private static ParsedNetwork Parse(
        INamedTypeSymbol type,
        TypeDeclarationSyntax declaration,
        AttributeData network,
        LayerStackReader layers,
        List<Problem> problems,
        ProblemLocator locator)
    {
        TypeHeader header = TypeHeaderReader.Read(type);
        ClassRules.Check(type, declaration, header.DisplayName, problems);
        PretrainedSpec? pretrained = ReadWeights(network, header.DisplayName, problems);
        MemberRules.Check(type, GeneratedMember.Of(pretrained is not null), header.DisplayName, problems);
        MemberRules.CheckConstructors(type, header.DisplayName, problems);
        MemberRules.CheckRequired(type, header.DisplayName, problems);
        LayerStack stack = LayerStack.Of(type, network);
        bool declaresInputs = stack.OnDeclaration.Any(static part => MetadataNames.Is(part.AttributeClass, MetadataNames.Input));
        NetworkParts parts = layers.Read(stack, ReadInput(network, declaresInputs, header.DisplayName, problems), header.DisplayName);
        BudgetSpec budget = BudgetReader.Read(type, header.DisplayName, problems);
        var draft = new NetworkModel(
            header, parts.Inputs.ToEquatableArray(), parts.Nodes.ToEquatableArray(), parts.Outputs.ToEquatableArray(), budget)
        {
            IsStreaming = network.NamedArguments.Any(static argument => argument is { Key: "Streaming", Value.Value: true }),
            InferenceWeights = ReadPrecision(network, header.DisplayName, problems),
            Pretrained = pretrained,
        };
        MemberRules.Check(type, GeneratedMember.Of(draft.Ends), header.DisplayName, problems);
        Problem? error = problems.FirstOrDefault(static problem => problem.IsError);
        return new ParsedNetwork(
            error is null ? draft : null,
            error is null ? null : Rejection.Of(type, network, draft, error),
            draft,
            problems.ToEquatableArray(),
            locator);
    }

    // C# reports a second type of the same name; generating for both would give two files of one name.
    private static bool IsFirstOfItsName(INamedTypeSymbol type)
    {
        IEnumerable<INamedTypeSymbol> namesakes = type.ContainingType is { } outer
            ? outer.GetTypeMembers(type.Name, type.Arity)
            : type.ContainingNamespace.GetTypeMembers(type.Name, type.Arity);
        return type.IsFileLocal || SymbolEqualityComparer.Default.Equals(namesakes.First(static namesake => !namesake.IsFileLocal), type);
    }

    /// <returns>Null where the network declares its inputs one by one.</returns>
    private static NetworkInput? ReadInput(AttributeData network, bool declaresInputs, string displayName, List<Problem> problems)
    {
        if (network.ConstructorArguments.Length != 1 || network.ConstructorArguments[0].Kind != TypedConstantKind.Array)
        {
            problems.Add(Unreadable(Place.Network, network, displayName));
            return null;
        }

        TypedConstant shape = network.ConstructorArguments[0];
        bool hasShape = !shape.IsNull && !shape.Values.IsEmpty;
        if (hasShape == declaresInputs)
        {
            problems.Add(hasShape
                ? Problem.At(Place.Network, DiagnosticDescriptors.InputShapeTwice, displayName)
                : Problem.At(
                    Place.Network,
                    DiagnosticDescriptors.MissingInputShape,
                    displayName,
                    "[Network]",
                    "[Network(28, 28)], or leave that to inputs, such as [Input(\"image\", 28, 28)]",
                    shape.IsNull ? "null" : "none"));
        }

        return hasShape && !declaresInputs
            ? new NetworkInput(NetworkInput.DefaultName, ReadShape(shape, network, displayName, problems))
            : null;
    }

    /// <returns>Null where the network names none.</returns>
    private static PretrainedSpec? ReadWeights(AttributeData network, string displayName, List<Problem> problems)
    {
        if (network.NamedArguments.FirstOrDefault(static argument => argument.Key == "Weights") is not { Key: not null, Value: var value })
        {
            return null;
        }

        if (value.Kind == TypedConstantKind.Error)
        {
            problems.Add(Unreadable(Place.Weights, network, displayName));
        }

        return value.IsNull && value.Kind != TypedConstantKind.Error ? null : new PretrainedSpec(value.Value as string ?? "");
    }

    private static EquatableArray<int> ReadShape(TypedConstant shape, AttributeData network, string displayName, List<Problem> problems)
    {
        var sizes = new List<int>();
        for (int axis = 0; axis < shape.Values.Length; axis++)
        {
            if (shape.Values[axis].Kind != TypedConstantKind.Primitive || shape.Values[axis].Value is not int size)
            {
                problems.Add(Unreadable(Place.InputAxis(axis), network, displayName));
                continue;
            }

            sizes.Add(size);
            if (size < 1)
            {
                problems.Add(Problem.At(
                    Place.InputAxis(axis),
                    DiagnosticDescriptors.InputSizeOutOfRange,
                    displayName,
                    axis.ToString(CultureInfo.InvariantCulture),
                    size.ToString(CultureInfo.InvariantCulture)) with
                {
                    Replacement = size is < 0 and > int.MinValue ? (-size).ToString(CultureInfo.InvariantCulture) : null,
                });
            }
        }

        return sizes.ToEquatableArray();
    }

    private static WeightPrecision ReadPrecision(AttributeData network, string displayName, List<Problem> problems)
    {
        object? given = network.NamedArguments.FirstOrDefault(static argument => argument.Key == nameof(NetworkModel.InferenceWeights)).Value.Value;
        if (given is not int number)
        {
            return WeightPrecision.Single;
        }

        var precision = (WeightPrecision)number;
        if (!Enum.IsDefined(typeof(WeightPrecision), precision))
        {
            problems.Add(Problem.At(
                Place.Network, DiagnosticDescriptors.UnknownPrecision, displayName, number.ToString(CultureInfo.InvariantCulture)));
        }

        return precision;
    }

    private static Problem Unreadable(Place place, AttributeData network, string displayName) => Problem.At(
        place, DiagnosticDescriptors.UnreadableArgument, $"Network {displayName}", $"[{AttributeSource.Text(network)}]");
}
