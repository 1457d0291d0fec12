"""A search server beside the database: Elasticsearch 9 or OpenSearch 3."""
