using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>
/// Writes the forward pass of a single sample: one method a machine, beside its kernels, so that those of small layers are inlined and
/// the whole network is one method.
/// </summary>
internal sealed class SingleSampleEmitter
{
    private const string Method = "InferSample";

    private static readonly KernelParameter[] s_arguments =
        [.. new[] { "input", "parameters", "temporaries", "block" }.Select(KernelParameter.Reference)];

    private readonly PassPlan _pass;
    private readonly BufferNames _names;
    private readonly SampleCallEmitter _calls;
    private string? _method;

    public SingleSampleEmitter(NetworkPlan plan, KernelNames kernels)
    {
        _pass = plan.Single;
        _names = new BufferNames(_pass, Identifiers.OfParameters(plan.Parameters), "Single");
        _calls = new SampleCallEmitter(_pass, _names, kernels);
    }

    public void WriteConstants(CodeWriter writer) => _names.WriteConstants(writer);

    /// <summary>The method of the schedule that chooses the machine.</summary>
    public void WriteDispatch(CodeWriter writer)
    {
        writer.Line();
        writer.Line("/// <summary>The forward pass of a single sample, without noise.</summary>");
        DispatchEmitter.WriteMethod(writer, "internal", Method, s_arguments);
    }

    /// <summary>The method of one machine: it calls the kernels beside it, so its text is the same for all.</summary>
    public void WriteMethod(CodeWriter writer)
    {
        _method ??= MethodAt(writer.Depth);
        writer.Rendered(_method);
    }

    private string MethodAt(int depth)
    {
        var writer = new CodeWriter(depth);
        IEnumerable<Op> ops = _pass.Phases
            .Where(static phase => phase.Kind == PhaseKind.Samples)
            .SelectMany(static phase => phase.Ops)
            .Where(_calls.IsCalled);
        ScheduleMethod.WriteSequence(writer, "", "internal", Method, s_arguments, ops, _calls.Write);
        return writer.ToString();
    }
}
