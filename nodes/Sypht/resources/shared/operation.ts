import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

/** An operation of the node, as the editor and the dispatch see it. */
export interface Operation {
	/** Its entry in the Operation list and the node panel. */
	option: INodePropertyOptions & { value: string };
	/** The parameters of this operation alone. */
	properties: INodeProperties[];
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** Shows the properties for one operation of a resource only. */
export function showFor(
	resource: string,
	operation: string,
	properties: INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
		},
	}));
}
