using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>What a layer makes of its inputs' shapes: a shape, or what is wrong with them.</summary>
internal readonly record struct Inference(Shape? Shape, Problem? Problem)
{
    public static implicit operator Inference(Shape shape) => new(shape, null);

    public static implicit operator Inference(Problem problem) => new(null, problem);
}
