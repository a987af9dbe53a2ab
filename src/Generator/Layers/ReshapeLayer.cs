using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>The same elements in another shape; one size may be −1, which follows from the others.</summary>
internal sealed record ReshapeLayer(int Position, string Name, EquatableArray<int> Sizes) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("Reshape", "reshape", Read);

    public override bool IsReshape => true;

    public override bool ChangesPositions => true;

    private Shape Known => new(Sizes.Where(static size => size != -1).ToEquatableArray());

    protected override Inference Infer(Shape input)
    {
        long known = Known.Size;
        bool isOpen = Sizes.Contains(-1);
        if (isOpen ? input.Size % known == 0 : input.Size == known)
        {
            int open = (int)(input.Size / known);
            return new Shape(Sizes.Select(size => size == -1 ? open : size).ToEquatableArray());
        }

        return Problem.At(
            At(),
            DiagnosticDescriptors.ReshapeDoesNotFit,
            Name,
            NumberText.Of(input.Size),
            new Shape(Sizes).ToString(),
            isOpen ? $"a multiple of {NumberText.Of(known)}" : NumberText.Of(known));
    }

    protected override Op Lower(LayerBuilder builder, Op x) => builder.Add(new ReshapeOp(), builder.Output, "Forward", x);

    private static Layer Read(LayerArguments arguments)
    {
        EquatableArray<int>? sizes = arguments.Numbers("shape");
        if (sizes is { } given && IndexOfUnusable(given) is int unusable)
        {
            string list = $"({string.Join(", ", given.Select(static size => NumberText.Of(size)))})";
            arguments.Add(Problem.At(
                Place.LayerElement(arguments.Position, unusable), DiagnosticDescriptors.ReshapeSizes, arguments.Name, list));
        }

        return new ReshapeLayer(arguments.Position, arguments.Name, sizes ?? default);
    }

    private static int? IndexOfUnusable(EquatableArray<int> sizes)
    {
        int open = 0;
        for (int i = 0; i < sizes.Count; i++)
        {
            open += sizes[i] == -1 ? 1 : 0;
            if (sizes[i] is 0 or < -1 || (sizes[i] == -1 && open > 1))
            {
                return i;
            }
        }

        return sizes.Count == 0 ? 0 : null;
    }
}
