using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>A window along the one axis of a signal or the two of an image, as its layer's arguments describe it.</summary>
internal sealed record WindowSpec(
    EquatableArray<int> Size, EquatableArray<int> Strides, EquatableArray<int> Dilation, Padding Padding)
{
    private const double MostValues = 1 << 27;
    private const int MostTaps = 1 << 20;

    /// <summary>The argument that says its size.</summary>
    public string Argument { get; init; } = "kernelSize";

    public int Axes => Size.Count;

    /// <summary>
    /// The shape of the positions with <paramref name="channels"/> values each; a problem where the input has no such axes, or the window does
    /// not fit into it.
    /// </summary>
    public Inference Infer(Layer layer, Shape input, int channels)
    {
        if ((ImageAxes.Check(layer, input, Axes) ?? CheckExtent(layer, input, mayReachOut: Padding != Padding.Valid)) is Problem problem)
        {
            return problem;
        }

        int[] sizes = new int[Axes + 1];
        for (int axis = 0; axis < Axes; axis++)
        {
            sizes[axis] = Positions(axis, input[axis]);
            if (sizes[axis] < 1)
            {
                return Problem.At(
                    Place.Layer(layer.Position, Argument),
                    DiagnosticDescriptors.WindowDoesNotFit,
                    layer.Name,
                    NumberText.Of(Extent(axis)),
                    NumberText.Of(axis + 1),
                    NumberText.Of(input[axis]));
            }
        }

        sizes[Axes] = channels;
        return Shape.Of(sizes);
    }

    /// <summary>The window over an input of this shape.</summary>
    public Window Over(Shape input) => Axes == 1
        ? new Window(new WindowAxis(1), AxisOf(0, input[0]))
        : new Window(AxisOf(0, input[0]), AxisOf(1, input[1]));

    /// <summary>
    /// Along a stream, at which steps the window of a signal ends at a position: a causal one at the first step too, and any other when it has
    /// steps under all of its taps.
    /// </summary>
    public Arrival Arrival => new(Strides[0], Padding == Padding.Causal ? 0 : Extent(0) - 1);

    /// <summary>Why it cannot move along a stream; null where it can.</summary>
    /// <param name="paddings">Those with which it can.</param>
    public string? StreamObstacle(string paddings) => this switch
    {
        { Axes: 2 } => "its input is an image, no sequence",
        { Padding: Padding.Same } when Extent(0) > 1 => $"its window reaches beyond the present step; Padding must be {paddings}",
        _ => null,
    };

    /// <summary>Its only position over as many steps as it reaches.</summary>
    public WindowSpec AtOnePosition() => this with { Strides = ImageAxes.All(1, Axes), Padding = Padding.Valid };

    /// <summary>From the first tap to the last, both included; what exceeds int fits into nothing.</summary>
    public long Extent(int axis) => ((Size[axis] - 1L) * Dilation[axis]) + 1;

    /// <summary>What exceeds int has too many parameters, which is reported.</summary>
    public int Taps => Size.Aggregate(1, static (product, size) => (int)Math.Min((long)product * size, int.MaxValue));

    /// <summary>What is wrong with a window that reaches so far that the values it may find do not fit into memory.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="mayReachOut">Whether it may reach beyond the input: one that stays inside is no larger than that, and one that does not fit is reported as such.</param>
    public Problem? CheckExtent(Layer layer, Shape input, bool mayReachOut)
    {
        double values = (double)input.Last + Shape.PaddedTo;
        for (int axis = 0; axis < Axes; axis++)
        {
            values *= (double)input[axis] + (2 * Extent(axis));
        }

        return mayReachOut && (values > MostValues || Taps > MostTaps)
            ? Problem.At(
                Place.Layer(layer.Position),
                DiagnosticDescriptors.WindowTooLarge,
                layer.Name,
                string.Join(" × ", Enumerable.Range(0, Axes).Select(axis => NumberText.Of(Extent(axis)))))
            : null;
    }

    private int Positions(int axis, int length) => Padding == Padding.Valid
        ? (int)(length < Extent(axis) ? 0 : ((length - Extent(axis)) / Strides[axis]) + 1)
        : (int)(((long)length + Strides[axis] - 1) / Strides[axis]);

    /// <summary>The dilation that counts: of a single tap there is none.</summary>
    public int DilationOf(int axis) => Size[axis] == 1 ? 1 : Dilation[axis];

    private WindowAxis AxisOf(int axis, int length)
    {
        long reached = ((Positions(axis, length) - 1L) * Strides[axis]) + Extent(axis);
        long before = Padding switch
        {
            Padding.Same => Math.Max(0, reached - length) / 2,
            Padding.Causal => Extent(axis) - 1,
            _ => 0,
        };

        // A stride longer than the input is not taken: products with it stay small.
        return new WindowAxis(Size[axis], Math.Min(Strides[axis], length), DilationOf(axis), checked((int)before));
    }
}
