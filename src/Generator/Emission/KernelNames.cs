using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>
/// Names the emitted kernels after the layer that needs them first. Operations with equal plans share one kernel, so the code grows with
/// the number of different layers, not with their number.
/// </summary>
internal sealed class KernelNames
{
    private readonly Dictionary<KernelPlan, string> _names = [];
    private readonly List<KeyValuePair<string, KernelPlan>> _kernels = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public KernelNames(NetworkPlan plan)
    {
        foreach (PassPlan pass in plan.Passes)
        {
            foreach (Op op in pass.Phases.SelectMany(static phase => phase.Ops))
            {
                Add(op.Label, pass.Kernels[op.Id]);
            }
        }
    }

    /// <summary>The kernels in the order of first use.</summary>
    public IReadOnlyList<KeyValuePair<string, KernelPlan>> Kernels => _kernels;

    public string this[KernelPlan plan] => _names[plan];

    /// <summary>What runs an operation: its kernel, the runtime's function, or the loss.</summary>
    public string NameOf(Op op, KernelPlan plan) => plan switch
    {
        LossPlan => "loss",
        LoopPlan loop => string.Join(", ", loop.Kernels.Select(kernel => _names[kernel]).Distinct()),
        TransposePlan => $"PanelTranspose, {op.Label.Layer}",
        CallPlan call => $"{call.Function}, {op.Label.Layer}",
        _ => _names[plan],
    };

    private void Add(OpLabel label, KernelPlan plan)
    {
        switch (plan)
        {
            case LossPlan { HeadGradient: KernelPlan head }:
                Add(new OpLabel("head", "Gradient"), head);
                break;
            case LossPlan or TransposePlan or CallPlan or ViewPlan:
                break;
            case LoopPlan loop:
                foreach (KernelPlan kernel in loop.Kernels)
                {
                    Add(label with { Role = $"{label.Role}{(kernel is LanePlan ? "Cell" : "Product")}" }, kernel);
                }

                break;
            default:
                if (!_names.ContainsKey(plan))
                {
                    OpLabel own = plan switch
                    {
                        SingleProductPlan => label with { Role = "Single" },
                        CellStepPlan => label with { Role = "Step" },
                        _ => label,
                    };
                    string name = Identifiers.Unique(Identifiers.Of(own), _taken);
                    _names.Add(plan, name);
                    _kernels.Add(new KeyValuePair<string, KernelPlan>(name, plan));
                }

                break;
        }
    }
}
