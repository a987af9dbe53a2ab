using Unroll.Generator.Graph;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Emission;

/// <summary>Writes where the runtime finds a network's inputs and outputs in the arenas.</summary>
internal static class ValueDescriptionEmitter
{
    public static void Write(CodeWriter writer, NetworkPlan plan)
    {
        NetworkModel model = plan.Network.Model;
        writer.Line("Inputs =");
        using (writer.Bracketed())
        {
            for (int index = 0; index < model.Inputs.Count; index++)
            {
                WriteInput(writer, plan, model.Inputs[index], index);
            }
        }

        writer.Line("Outputs =");
        using (writer.Bracketed())
        {
            for (int index = 0; index < model.Outputs.Count; index++)
            {
                WriteOutput(writer, plan, model.Outputs[index], index);
            }
        }
    }

    /// <summary>Where the inputs and the layers' values lie in a block that keeps them all.</summary>
    public static void WriteObserved(CodeWriter writer, NetworkPlan plan)
    {
        PassPlan pass = plan.Observed;
        using (writer.Block("Observed = new()", ","))
        {
            writer.Line($"BlockFloats = {pass.Buffers.BlockFloats},");
            writer.Line($"PreparedFloats = {pass.Buffers.StepFloats},");
            writer.Line($"Inputs = [{Places(Enumerable.Range(0, plan.Network.Model.Inputs.Count).Select(pass.InputAt))}],");
            writer.Line($"Layers = [{Places(pass.Graph.Outputs.Select(output => pass.Buffers[output.Value]))}],");
        }
    }

    /// <summary>The memory of a stream, and where its outputs lie.</summary>
    public static void WriteStream(CodeWriter writer, PassPlan pass, EquatableArray<NetworkInput> inputs)
    {
        using (writer.Block("Stream = new()", ","))
        {
            writer.Line($"BlockFloats = {pass.Buffers.BlockFloats},");
            writer.Line($"LastingFloats = {pass.Buffers.LastingFloats},");
            writer.Line($"PreparedFloats = {pass.Buffers.StepFloats},");
            if (pass.OutputClock is ValueBuffer clock)
            {
                writer.Line($"Clock = {clock.Offset},");
            }

            writer.Line($"Frames = [{string.Join(", ", inputs.Select((_, index) => CSharpLiteral.Of(pass.InputAt(index).SampleFloats)))}],");
            writer.Line($"Outputs = [{string.Join(", ", pass.Graph.Outputs.Select(output => $"new({pass.Buffers[output.Value].Offset}, {pass.Graph[output.Value].Shape.Vectors}, {pass.Graph[output.Value].Shape.Last}, {pass.Buffers[output.Value].Stride})"))}],");
        }
    }

    private static string Places(IEnumerable<ValueBuffer> buffers) =>
        string.Join(", ", buffers.Select(static buffer => $"new({buffer.Offset}, {buffer.Stride}, {buffer.SampleFloats})"));

    private static void WriteInput(CodeWriter writer, NetworkPlan plan, NetworkInput input, int index)
    {
        ValueBuffer training = plan.Training.InputAt(index);
        ValueBuffer inference = plan.Inference.InputAt(index);
        using (writer.Block($"new({CSharpLiteral.Of(input.Name)}, {Sizes(input.Shape)})", ","))
        {
            writer.Line($"TrainingOffset = {training.Offset},");
            writer.Line($"TrainingStride = {training.SampleStride},");
            if (IdInputs.ReaderOf(plan.Network.Model, input) is { Ids: int ids } embedding)
            {
                writer.Line($"Ids = new({CSharpLiteral.Of(embedding.Name)}, {CSharpLiteral.Of(ids)}),");
            }

            if (inference.Place != MemoryPlace.Caller)
            {
                writer.Line($"InferenceOffset = {inference.Offset},");
                writer.Line($"InferenceStride = {inference.SampleStride},");
                writer.Line($"SampleOffset = {plan.Single.InputAt(index).Offset},");
            }
        }
    }

    private static void WriteOutput(CodeWriter writer, NetworkPlan plan, NetworkOutput declared, int index)
    {
        GraphOutput output = plan.Inference.Graph.Outputs[index];
        Op value = plan.Inference.Graph[output.Value];
        ValueBuffer training = plan.Training.Buffers[plan.Training.Graph.Outputs[index].Value];
        using (writer.Block($"new({CSharpLiteral.Of(declared.Name)}, {Sizes(value.Shape.Sizes)})", ","))
        {
            writer.Line($"TrainingOffset = {training.Offset},");
            writer.Line($"InferenceOffset = {plan.Inference.Buffers[output.Value].Offset},");
            writer.Line($"SampleOffset = {plan.Single.Buffers[output.Value].Offset},");
            writer.Line($"Stride = {training.Stride},");
            int stride = plan.Inference.Buffers[output.Value].Stride;
            if (stride != training.Stride)
            {
                writer.Line($"InferenceStride = {stride},");
            }

            writer.Line($"Layer = {CSharpLiteral.Of(declared.Layer)},");
            if (output.Mask is int mask)
            {
                writer.Line($"InferenceMask = {plan.Inference.Buffers[mask].Offset},");
                writer.Line($"MaskStride = {plan.Inference.Buffers[mask].SampleStride},");
            }

            if (output.Head is { } head)
            {
                writer.Line($"InferenceLogits = {plan.Inference.Buffers[head.Logits].Offset},");
                writer.Line($"Head = global::Unroll.Activation.{head.Activation},");
            }
        }
    }

    private static string Sizes(EquatableArray<int> sizes) => $"[{string.Join(", ", sizes.Select(CSharpLiteral.Of))}]";
}
