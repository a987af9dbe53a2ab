using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>Writes the calls of kernels that work on samples local.. of a block, or on the only sample there is.</summary>
internal sealed class SampleCallEmitter(PassPlan pass, BufferNames buffers, KernelNames kernels)
{
    /// <summary>Whether an operation needs a call at all.</summary>
    public bool IsCalled(Op op) => pass.Kernels[op.Id] is not ViewPlan;

    public void Write(CodeWriter writer, Op op)
    {
        int vectors = pass.Buffers[op.Id].Vectors;
        bool isSingle = pass.Buffers.BlockSamples == 1;
        string samples = isSingle ? "1" : "samples";
        string count = isSingle ? CSharpLiteral.Of(vectors) : vectors == 1 ? samples : $"{samples} * {vectors}";
        string[] operands = [.. op.Inputs.Select(buffers.OfSamples), buffers.OfSamples(op.Id)];
        switch (pass.Kernels[op.Id])
        {
            case LossPlan loss:
                WriteLoss(writer, op, loss, count);
                break;
            case CallPlan call:
                string[] share = op.Kind is ActivityPenaltyGradientOp ? ["step.Share"] : [];
                writer.Call(call.Function, [.. operands, samples, .. call.Arguments.Select(CSharpLiteral.Of), .. share]);
                break;
            case SingleProductPlan single:
                writer.Call(kernels[single], operands);
                break;
            case KernelPlan plan:
                writer.Call(kernels[plan], [.. operands, count, .. Scalars(op, vectors)]);
                break;
        }
    }

    private static IEnumerable<string> Scalars(Op op, int vectors)
    {
        EquatableArray<ElementwiseStep> steps = op.Kind is FusableOp fusable ? fusable.Steps : default;
        if (steps.Any(static step => step.IsNoise))
        {
            yield return "step.Noise";
            yield return vectors == 1 ? "first" : $"first * {vectors}";
        }
    }

    private void WriteLoss(CodeWriter writer, Op op, LossPlan loss, string count)
    {
        string index = CSharpLiteral.Of(((LossOp)op.Kind).Output);
        string output = buffers.OfSamples(op.Inputs[0]);
        string gradient = buffers.OfSamples(op.Id);
        if (loss.HeadGradient is null)
        {
            writer.Call("step.EvaluateLoss", [index, output, gradient, "first", "samples"]);
            return;
        }

        using (writer.Block($"if (step.FusesHead({index}))"))
        {
            writer.Call("step.EvaluateLossAtLogits", [index, buffers.OfSamples(op.Inputs[1]), output, gradient, "first", "samples"]);
        }

        using (writer.Block("else"))
        {
            writer.Call("step.EvaluateLoss", [index, output, gradient, "first", "samples"]);
            string[] order = loss.HeadGradient is SoftmaxGradientPlan ? [output, gradient] : [gradient, output];
            writer.Call(kernels[loss.HeadGradient], [.. order, gradient, count]);
        }
    }
}
